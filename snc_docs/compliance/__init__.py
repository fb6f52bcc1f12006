"""Which requirement of SecNumCloud 3.2 a document meets, by which clause, and what to add where it doesn't."""
