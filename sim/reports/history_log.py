LOG = ""
