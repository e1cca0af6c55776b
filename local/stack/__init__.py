"""Start, supervise and stop the services that replace AWS and Supabase on one machine."""
