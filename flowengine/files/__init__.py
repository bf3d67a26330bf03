"""Files of accounts, named by their content: kept in a folder, told apart by their bytes, reached by signed links."""
