"""What stands in for AWS and Supabase on one machine; never deployed."""
