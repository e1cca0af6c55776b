"""What stands in for Supabase Auth on one machine: the endpoints that supabase-js calls, spoken the way GoTrue speaks.

Never deployed: it listens on loopback only, and no deployment package contains it.
"""
