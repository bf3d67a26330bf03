"""Stories: recorded conversations that are tests of a flow, and the rehearsals they are played in."""
