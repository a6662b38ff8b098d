-- Tells what a ledger holds, and changes nothing.
--
-- KEYS: the exit, and the account if there is one.
-- Returns two lists of numbers, for the exit and the account: 1 when there is a ledger, what counts, the part of reads, calls
-- under way, calls that wait, and for how long the exchange is closed in milliseconds; then two lists of hosts.

local window, slot = tonumber(ARGV[1]), tonumber(ARGV[2])

local function look(key)
  local ledger = key and read_ledger(key)
  if not ledger then
    return { 0, 0, 0, 0, 0, 0 }, {}
  end
  tidy(ledger, window, slot)
  local amount, reads = counted(ledger, now, window)
  local hosts, seen = {}, {}
  for each = 2, #ledger.clients, 3 do
    local host = ledger.clients[each]
    if not seen[host] then
      seen[host] = true
      hosts[#hosts + 1] = host
    end
  end
  table.sort(hosts)
  local closed = math.max(math.min(ledger.closed, now + LONGEST) - now, 0)
  return { 1, amount, reads, #ledger.leases / 5, #ledger.queue / 4, closed }, hosts
end

local exit, exit_hosts = look(KEYS[1])
local account, account_hosts = look(KEYS[2])
return { exit, account, exit_hosts, account_hosts }
