"""Replace Supabase Auth on one machine: the endpoints that supabase-js calls, answered as GoTrue answers them."""
