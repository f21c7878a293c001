"""What this program says to people: each sentence once, by a code and values, in every language it speaks."""
