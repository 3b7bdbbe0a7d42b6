"""What every page is made of: tables, filters, forms, panels, previews."""
