"""What the Lambdas run in on one machine: serverless-offline, with a Python runner of ours in place of its own.

serverless-offline 13.9's runner does not notice that its Python process died: the next request ends the whole server
(EPIPE), one in flight hangs until its timeout, and an error or timeout of the handler is answered 200 with a stack
trace in the body. Lambda behind an HTTP API answers 500 or 503 `{"message": …}` and starts a new process for the next
request, and so does ours (`runner.mjs`, `worker.py`), put in its place by a module hook (`register.mjs`);
serverless.yml stays as it is in production.
"""
