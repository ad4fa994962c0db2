"""The commands, one module each: options in, text or JSON out; no rules of their own."""
