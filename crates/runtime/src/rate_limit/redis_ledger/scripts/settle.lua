-- Notes a call as answered now, adopts the exchange's counts where they are higher than what is known here, and starts a
-- cooldown if the exchange closed itself.
--
-- KEYS: the exit, and the account if the call has orders or the exchange counts some.
-- Returns for how long the exchange is closed in milliseconds (-1 when the answer did not close it), the weight that the
-- exchange has counted beyond what stood here, and 1 when the ledger had to be begun.

local id, epoch, reads_or_acts = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local weight, orders, elapsed = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local their_weight, their_orders = tonumber(ARGV[7]), tonumber(ARGV[8])
local cooldown, length = ARGV[9], tonumber(ARGV[10])
local window, slot, share_of_reads = tonumber(ARGV[11]), tonumber(ARGV[12]), tonumber(ARGV[13])

-- The exchange counted at some moment of the call, so all that stood here at any moment of it is known.
local asked = now - elapsed

-- Returns how much more the exchange has counted than is known.
local function settle(ledger, is_of_this_epoch, amount, reads, theirs)
  local others = math.max(theirs - counted(ledger, asked, window), 0)
  -- What was reserved in an earlier epoch is not returned: its lease ends by itself, and its cost counts all the same.
  if is_of_this_epoch then
    local leases = ledger.leases
    ledger.leases = keep(leases, 5, function(each) return leases[each] ~= id end)
  end
  spend(ledger, now, slot, amount, reads)
  spend(ledger, now, slot, others, others)
  return others
end

local exit, is_new = open_exit(KEYS[1], window, slot, share_of_reads)
local is_of_this_epoch = exit.epoch == epoch
local others = settle(exit, is_of_this_epoch, weight, reads_or_acts == 'read' and weight or 0, their_weight)
local closed_for = cooldown == '' and -1 or close(exit, cooldown, length, window)
write_ledger(KEYS[1], exit)
if KEYS[2] then
  local account = open_account(KEYS[2], window, slot)
  settle(account, is_of_this_epoch, orders, 0, their_orders)
  write_ledger(KEYS[2], account)
end
return { closed_for, others, is_new and 1 or 0 }
