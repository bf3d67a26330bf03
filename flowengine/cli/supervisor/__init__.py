"""`flowengine up`: one process that starts the servers, the web and the workers, and ends them in order."""
