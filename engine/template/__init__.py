"""`{{ … }}`: placeholders in the fields of a step."""

# The one name that no lookup ever answers: what refers to it stays a hole until a request is made.
CREDENTIALS = "credentials"
