"""What the Lambdas share: settings, problems, sessions, owner authentication, the readable statement.

Two halves. Framework-free, for every Lambda: `settings`, `secret`, `problems`, `strict_json`, `clock`. For the FastAPI
Lambdas only: `app`, `database`, `authentication`, `problem_responses` and what they import.
"""
