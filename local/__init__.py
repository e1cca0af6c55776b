"""What stands in for AWS and Supabase on one machine. Never deployed: it refuses to be imported inside Lambda."""

import os

# Lambda's runtime sets this, and serverless-offline does not.
if "AWS_LAMBDA_RUNTIME_API" in os.environ:
    raise ImportError("the package `local` stands in for hosted services on one machine and must not be deployed")
