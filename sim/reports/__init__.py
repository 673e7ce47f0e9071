"""Stories, figures and pages."""
