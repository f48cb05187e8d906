"""The site: pages for readers and the JSON interface, over the knowledge base's service."""
