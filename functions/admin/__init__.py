"""The admin Lambda, for superadmins: stores, cameras, owners, worker keys, health, the audit log; and maintenance."""
