-- Notes a call as under way, or says when there may be room.
--
-- KEYS: the exit, and the account if the call has orders.
-- Returns the answer (0 granted, 1 closed, 2 used up), how long to wait in milliseconds, the place in the queue (0 for none),
-- the epoch, how many hosts use the exit and how many clients of this host do, the same of the account, and 1 when the
-- ledger had to be begun.

local id, client, host, reads_or_acts = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local weight, orders, lease, place = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local patience, nap = tonumber(ARGV[9]), tonumber(ARGV[10])
local weight_limit, reads_limit, orders_limit = tonumber(ARGV[11]), tonumber(ARGV[12]), tonumber(ARGV[13])
local window, slot, share_of_reads = tonumber(ARGV[14]), tonumber(ARGV[15]), tonumber(ARGV[16])

local GRANTED, CLOSED, USED_UP = 0, 1, 2
local is_read = reads_or_acts == 'read'
local of_reads = is_read and weight or 0

-- When this much will be free, if no other call comes.
local function free_at(ledger, amount, reads)
  if amount <= 0 and reads <= 0 then
    return now
  end
  local rows = ledger.rows
  for each = 1, #rows, 3 do
    if rows[each] + window > now then
      amount, reads = amount - rows[each + 1], reads - rows[each + 2]
      if amount <= 0 and reads <= 0 then
        return rows[each] + window
      end
    end
  end
  -- The rest is held by calls under way, and of these none is free before a window has passed.
  return now + window
end

local function leave(ledger)
  local queue = ledger.queue
  if place > 0 and #queue > 0 then
    ledger.queue = keep(queue, 4, function(each) return queue[each] ~= place end)
  end
end

-- What is kept for calls that are served first: those that came earlier and, before reads, all others.
local function ahead(queue)
  local amount, reads = 0, 0
  for each = 1, #queue, 4 do
    local other_reads = queue[each + 2] == 1
    local is_ahead
    if other_reads ~= is_read then
      is_ahead = is_read
    else
      is_ahead = place == 0 or queue[each] < place
    end
    if is_ahead then
      amount = amount + queue[each + 1]
      reads = reads + (other_reads and queue[each + 1] or 0)
    end
  end
  return amount, reads
end

local exit, is_new = open_exit(KEYS[1], window, slot, share_of_reads)
local account = KEYS[2] and open_account(KEYS[2], window, slot)
local hosts, here = meet(exit, client, host)
local account_hosts, account_here = 0, 0
if account then
  account_hosts, account_here = meet(account, client, host)
end

local function answer(kind, wait, my_place)
  write_ledger(KEYS[1], exit)
  if account then
    write_ledger(KEYS[2], account)
  end
  local begun = is_new and 1 or 0
  return { kind, wait, my_place, exit.epoch, hosts, here, account_hosts, account_here, begun }
end

local closed = math.min(exit.closed, now + LONGEST)
if closed > now then
  return answer(CLOSED, closed - now, 0)
end

local amount, reads = counted(exit, now, window)
local amount_ahead, reads_ahead = ahead(exit.queue)
local missing = math.max(amount + amount_ahead + weight - weight_limit, 0)
local missing_reads = is_read and math.max(reads + reads_ahead + weight - reads_limit, 0) or 0
local missing_orders = account and math.max(counted(account, now, window) + orders - orders_limit, 0) or 0

if missing == 0 and missing_reads == 0 and missing_orders == 0 then
  leave(exit)
  for _, each in ipairs({ id, weight, of_reads, now, now + lease }) do
    table.insert(exit.leases, each)
  end
  if account then
    for _, each in ipairs({ id, orders, 0, now, now + lease }) do
      table.insert(account.leases, each)
    end
  end
  return answer(GRANTED, 0, 0)
end

local free = free_at(exit, missing, missing_reads)
if missing_orders > 0 then
  free = math.max(free, free_at(account, missing_orders, 0))
end
local wait = free - now
-- There is no queue for orders: they cost the same for all.
if wait > patience or (missing == 0 and missing_reads == 0) then
  leave(exit)
  return answer(USED_UP, wait, 0)
end
local kept_until = now + math.min(wait, nap) + 1000
for each = 1, #exit.queue, 4 do
  if exit.queue[each] == place then
    exit.queue[each + 3] = kept_until
    return answer(USED_UP, wait, place)
  end
end
exit.last = exit.last + 1
for _, each in ipairs({ exit.last, weight, is_read and 1 or 0, kept_until }) do
  table.insert(exit.queue, each)
end
return answer(USED_UP, wait, exit.last)
