"""What the routes answer: repositories read, the KPI modules compute, a service puts the answer together."""
