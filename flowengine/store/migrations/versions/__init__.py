"""One module a change; what it does lies beside it as SQL, frozen once it has been published."""
