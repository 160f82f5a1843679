"""What the organisation remembers: people, approaches, texts, answers, rights and figures."""
