"""What follow-ups bring: baselines and rates."""
