"""What replaces AWS and Supabase on one machine. Never deployed: inside Lambda it refuses to be imported."""

import os

# The runtime of Lambda sets this variable; serverless-offline does not.
if "AWS_LAMBDA_RUNTIME_API" in os.environ:
    raise ImportError("the package `local` replaces hosted services on one machine and must not be deployed")
