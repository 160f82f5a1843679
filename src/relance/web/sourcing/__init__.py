"""Session: one sitting of finding and approaching people."""
