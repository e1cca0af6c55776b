"""What the Lambdas run in on one machine: serverless-offline with a process pool of ours, put in by `plugin.mjs`.

serverless-offline 13.9 by itself does not notice that a Python process died: the next request ends the whole server,
one in flight hangs until its timeout, and an error or timeout of a handler is answered 200 with a stack trace in the
body. Lambda behind an HTTP API answers 500 and starts a new process for the next request; so does this.
"""
