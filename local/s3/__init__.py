"""What stands in for S3 on one machine: moto's server, with objects that outlive the process."""
