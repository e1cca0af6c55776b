"""Write a demo tenant: a superadmin, an owner, two stores with eight weeks of generated history."""
