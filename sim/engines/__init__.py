"""The engines that run worlds by the one rulebook."""
