// Checks pages that `papi report` wrote: valid HTML, nothing that axe finds, and nothing wider than the window, in a wide and a
// narrow window, light, dark and printed.
//
// Usage: node check.mjs CHROMIUM PAGE..

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { FileSystemConfigLoader, HtmlValidate, formatterFactory } from "html-validate";
import { chromium } from "playwright-core";

const [program, ...pages] = process.argv.slice(2);
const places = process.env.PATH.split(delimiter).map((folder) => join(folder, program));
const executablePath = [program, ...places].find((path) => isAbsolute(path) && existsSync(path));
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const windows = [
  { width: 1280, colorScheme: "light", media: "screen" },
  { width: 1280, colorScheme: "dark", media: "screen" },
  { width: 400, colorScheme: "light", media: "screen" },
  { width: 400, colorScheme: "dark", media: "screen" },
  { width: 794, colorScheme: "light", media: "print" },
];
let problems = 0;

function problem(text) {
  problems += 1;
  console.error(text);
}

async function validate(page) {
  const configuration = JSON.parse(await readFile(new URL("htmlvalidate.json", import.meta.url), "utf8"));
  const validator = new HtmlValidate(new FileSystemConfigLoader(configuration));
  const report = await validator.validateString(await readFile(page, "utf8"));
  if (!report.valid) problem(`${page}: ${formatterFactory("text")(report.results)}`);
}

async function look(browser, file, { width, colorScheme, media }) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const where = `${file}, ${width} pixels, ${colorScheme}, ${media}`;
  page.on("request", (request) => {
    if (request.url() !== pathToFileURL(file).href) problem(`${where}: asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await page.emulateMedia({ media, colorScheme });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (over > 0) problem(`${where}: ${over} pixels wider than the window`);
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run());
  for (const { id, help, nodes } of violations) {
    problem(`${where}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
  }
  if (passes.length < 10) problem(`${where}: axe has checked next to nothing`);
  await context.close();
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const page of pages) {
  await validate(page);
  for (const view of windows) await look(browser, page, view);
}
await browser.close();
console.error(problems === 0 ? `${pages.length} pages in ${windows.length} windows: nothing is wrong` : `${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
