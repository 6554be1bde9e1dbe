"""What a sentence means to a workshop: plain rules, Italian and English, no model and no network."""
