"""The room of conditions: everything agreed with the manufacturer, what changed, what ends, what becomes dearer."""
