"""How French and English write dates, amounts, lists and spaces, and in what order they sort."""
