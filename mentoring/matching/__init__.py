"""Who fits whom: pure reckoning over frozen values, without a database and without Django."""
