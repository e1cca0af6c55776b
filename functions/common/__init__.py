"""What the Lambdas share: settings, problems, connections, owner authentication, the readable statement.

Two halves. Framework-free, for every Lambda: `settings`, `secret`, `problems`, `worker_key`, `strict_json`,
`camera_status`, `cold_start`. For the FastAPI Lambdas only: `app`, `database`, `authentication`, `tenancy` and what
they import.
"""
