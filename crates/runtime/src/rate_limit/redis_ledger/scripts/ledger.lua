-- What all scripts share: a ledger of weight or of orders as one value of Redis, read, brought up to date and written back.
--
-- The rules are those of the ledger in `rate_limit/ledger`, in the time of the server alone. A ledger is a table:
--   form     which kind of value this is
--   epoch    raised when what the ledger held may be incomplete: what was reserved before cannot be returned
--   run      the life of the server in which it was changed last
--   last     the last number of a place in the queue
--   window   the longest window of those who use it
--   rows     what was answered, oldest first: since, amount, part of reads; ..
--   leases   calls under way: id, amount, part of reads, asked, end; ..
--   queue    those who wait: place, amount, whether it reads (1 or 0), kept until; ..
--   clients  those who asked within the window: id, host, when; ..
--   closed   until when the exchange is closed; ban_until, ban_length: the last ban that came without a length

local FORM = 'papi-ledger 1'

-- As in `rate_limit/cooldown.rs`.
local SHORTEST_BAN, LONGEST_BAN = 2 * 60 * 1000, 3 * 24 * 3600 * 1000
local SHORTEST, LONGEST, MEMORY = 1000, 7 * 24 * 3600 * 1000, 24 * 3600 * 1000

-- A place in the queue is kept for no longer than this.
local LONGEST_PLACE = 4000

-- A ledger that nobody has used for so long is dropped: longer than any ban, window and lease.
local DISUSE = 8 * 24 * 3600 * 1000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function life_of_server()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
end

-- An epoch is a moment in microseconds, so that one of a ledger that was lost does not come again.
local function next_epoch(last)
  return math.max(last + 1, time[1] * 1000000 + time[2])
end

local function empty_ledger()
  return {
    form = FORM, epoch = next_epoch(0), run = life_of_server(), last = 0, window = 0,
    rows = {}, leases = {}, queue = {}, clients = {},
    closed = 0, ban_until = 0, ban_length = 0,
  }
end

-- Returns nil where there is none. What is no ledger is an error, and left as it is.
local function read_ledger(key)
  local bytes = redis.call('GET', key)
  if not bytes then
    return nil
  end
  local is_whole, ledger = pcall(cmsgpack.unpack, bytes)
  if not is_whole or type(ledger) ~= 'table' or ledger.form ~= FORM then
    error('NOLEDGER')
  end
  return ledger
end

local function write_ledger(key, ledger)
  redis.call('SET', key, cmsgpack.pack(ledger), 'PX', DISUSE)
end

local function end_of_slot(at, slot)
  return math.ceil(at / slot) * slot
end

-- Notes an amount as answered at an instant.
local function spend(ledger, at, slot, amount, reads)
  if amount <= 0 then
    return
  end
  local rows, since = ledger.rows, end_of_slot(at, slot)
  local place = #rows + 1
  while place > 1 and rows[place - 3] > since do
    place = place - 3
  end
  if place > 1 and rows[place - 3] == since then
    rows[place - 2] = rows[place - 2] + amount
    rows[place - 1] = rows[place - 1] + reads
    return
  end
  table.insert(rows, place, reads)
  table.insert(rows, place, amount)
  table.insert(rows, place, since)
end

-- What counts at an instant, and the part of it that is due to reads: calls under way, and what was answered less than a
-- window before.
local function counted(ledger, at, window)
  local amount, reads = 0, 0
  local leases, rows = ledger.leases, ledger.rows
  for each = 1, #leases, 5 do
    amount, reads = amount + leases[each + 1], reads + leases[each + 2]
  end
  for each = 1, #rows, 3 do
    if rows[each] + window > at then
      amount, reads = amount + rows[each + 1], reads + rows[each + 2]
    end
  end
  return amount, reads
end

-- Keeps of a list of records of some fields each those for which `is_kept` holds.
local function keep(list, fields, is_kept)
  local kept = {}
  for each = 1, #list, fields do
    if is_kept(each) then
      for field = each, each + fields - 1 do
        kept[#kept + 1] = list[field]
      end
    end
  end
  return kept
end

-- Brings a ledger up to the present: leases that have ended, places that are lost, rows that no longer count. What lies in
-- the future, because the clock of the server was set back, is taken to have happened just now.
local function tidy(ledger, window, slot)
  ledger.window = math.max(ledger.window, window)
  local rows, latest = ledger.rows, end_of_slot(now, slot)
  for each = #rows - 2, 1, -3 do
    if rows[each] <= latest then
      break
    end
    rows[each] = latest
  end
  local leases, horizon, has_ended = ledger.leases, now, false
  for each = 1, #leases, 5 do
    if leases[each + 3] > now then
      leases[each + 4] = math.min(leases[each + 4], now + leases[each + 4] - leases[each + 3])
      leases[each + 3] = now
    end
    if leases[each + 4] <= now then
      has_ended = true
      spend(ledger, leases[each + 4], slot, leases[each + 1], leases[each + 2])
    else
      horizon = math.min(horizon, leases[each + 3])
    end
  end
  if has_ended then
    ledger.leases = keep(leases, 5, function(each) return leases[each + 4] > now end)
  end
  local queue = ledger.queue
  if #queue > 0 then
    ledger.queue = keep(queue, 4, function(each)
      queue[each + 3] = math.min(queue[each + 3], now + LONGEST_PLACE)
      return queue[each + 3] > now
    end)
  end
  -- The end of a call looks back to its beginning.
  if rows[1] and rows[1] + ledger.window <= horizon then
    ledger.rows = keep(rows, 3, function(each) return rows[each] + ledger.window > horizon end)
  end
  local clients = ledger.clients
  ledger.clients = keep(clients, 3, function(each)
    clients[each + 2] = math.min(clients[each + 2], now)
    return clients[each + 2] + ledger.window > now
  end)
end

-- Treats a ledger as one that may lack something: as if reads had used all that they may just now.
local function doubt(ledger, window, slot, share_of_reads)
  local _, reads = counted(ledger, now, window)
  local lacking = math.max(share_of_reads - reads, 0)
  spend(ledger, now, slot, lacking, lacking)
end

-- Returns the ledger of an exit, up to date, and whether it had to be begun: then it is in doubt.
local function open_exit(key, window, slot, share_of_reads)
  local ledger = read_ledger(key)
  local is_new = not ledger
  ledger = ledger or empty_ledger()
  tidy(ledger, window, slot)
  if is_new then
    doubt(ledger, window, slot, share_of_reads)
  end
  return ledger, is_new
end

-- Returns the ledger of an account, up to date. One that was lost begins empty: the exchange's own count is adopted.
local function open_account(key, window, slot)
  local ledger = read_ledger(key) or empty_ledger()
  tidy(ledger, window, slot)
  return ledger
end

-- Notes who asks. Returns how many hosts have asked within the window, and how many clients of this one's host.
local function meet(ledger, id, host)
  local clients, is_known = ledger.clients, false
  local hosts, seen, here = 0, {}, 0
  for each = 1, #clients, 3 do
    if clients[each] == id then
      clients[each + 2], is_known = now, true
    end
  end
  if not is_known then
    clients[#clients + 1], clients[#clients + 2], clients[#clients + 3] = id, host, now
  end
  for each = 1, #clients, 3 do
    local other = clients[each + 1]
    if not seen[other] then
      seen[other], hosts = true, hosts + 1
    end
    if other == host then
      here = here + 1
    end
  end
  return hosts, here
end

-- Starts a cooldown, never for shorter than it lasts already. Returns for how long.
local function close(ledger, kind, length, window)
  local till
  if kind == 'for' then
    till = now + math.min(math.max(length, SHORTEST), LONGEST)
  elseif kind == 'unsaid' then
    till = now + math.min(math.max(window, SHORTEST), LONGEST)
  elseif now < ledger.ban_until and ledger.ban_until <= now + LONGEST_BAN then
    -- Another call that was under way when it began tells of the same ban.
    till = ledger.ban_until
  else
    local ban = math.min(math.max(SHORTEST_BAN, window), LONGEST_BAN)
    if ledger.ban_length > 0 and now - ledger.ban_until < MEMORY then
      ban = math.min(ledger.ban_length * 2, LONGEST_BAN)
    end
    till = now + ban
    ledger.ban_until, ledger.ban_length = till, ban
  end
  ledger.closed = math.max(math.min(ledger.closed, now + LONGEST), till)
  return ledger.closed - now
end
