"""Recording a lesson: five steps to submit, more afterwards. The whole form travels with each step, so no script is needed."""
