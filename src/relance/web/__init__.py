"""The screens: one folder each, with its urls, views, forms and templates."""
