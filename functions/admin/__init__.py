"""The admin Lambda: the API for superadmins (routes, services, repositories), and the scheduled maintenance."""
