"""From a story to a file that a static site generator builds."""
