"""The mail catcher of the local stack: an SMTP server that stores every mail as a file and sends none."""
