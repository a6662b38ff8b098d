//! What one client promises about a ledger on Redis.
