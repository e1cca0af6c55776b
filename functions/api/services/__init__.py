"""The answers of the routes: repositories read, the KPI modules compute, a service builds the response."""
