"""What no file may do, whatever it holds. By hand, for as long as one likes: `make fuzz`."""
