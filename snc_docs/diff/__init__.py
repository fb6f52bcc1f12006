"""What changed between two versions: of the data, of the clauses, of the words; and the redline that holds both."""
