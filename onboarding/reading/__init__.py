"""What pages of onboarding show."""
