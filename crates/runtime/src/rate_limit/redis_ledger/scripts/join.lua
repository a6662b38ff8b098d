-- A client connects. A server that began anew may have lost what was changed last: all is in doubt then. What the client
-- used while it was away is noted.
--
-- KEYS: the exit, and the account if there is one.
-- Returns 1 when what the ledger held may be incomplete, else 0.

local window, slot, share_of_reads = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local weight, reads, orders, closed = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])

local exit, is_in_doubt = open_exit(KEYS[1], window, slot, share_of_reads)
local run = life_of_server()
if exit.run ~= run then
  exit.run, exit.epoch, is_in_doubt = run, next_epoch(exit.epoch), true
  doubt(exit, window, slot, share_of_reads)
end
spend(exit, now, slot, weight, reads)
if closed > 0 then
  close(exit, 'for', closed, window)
end
write_ledger(KEYS[1], exit)
if KEYS[2] then
  local account = open_account(KEYS[2], window, slot)
  spend(account, now, slot, orders, 0)
  write_ledger(KEYS[2], account)
end
return { is_in_doubt and 1 or 0 }
