"""The pages of a document as they were printed: pictures of them, and where on them its words stand."""
