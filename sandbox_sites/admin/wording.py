"""What the back office's other variant calls things."""

from __future__ import annotations

WORDING: dict[str, str] = {
    # Navigation
    "Dashboard": "Overview", "Orders": "Sales orders", "Customers": "Accounts", "Invoices": "Billing",
    "Returns": "Sent back", "Coupons": "Vouchers", "Products": "Catalogue", "Suppliers": "Vendors",
    "Stock transfer": "Between warehouses", "Support tickets": "Helpdesk", "Employees": "Staff", "Reports": "Figures",
    "Audit log": "Trail", "Settings": "Preferences", "Keyboard shortcuts": "Keys", "Commands": "Quick jump",
    "Search everything": "Find a record", "My profile": "My details", "Sign out": "Log out", "Sign in": "Log in",
    "Account menu": "Your account", "New customer": "Add an account", "New ticket": "Raise a ticket",
    "New coupon": "Add a voucher", "Close": "Shut",
    # Tables
    "Filter": "Show", "Reset": "Start over", "Any": "All", "Rows": "Per page", "Archived only": "From the archive",
    "Actions": "With these", "Assign to…": "Give to…", "Select all": "Tick all", "Previous": "Earlier",
    "Next": "Further", "Assigned to": "Looked after by", "In stock": "Cases on hand", "Price per case": "Case price",
    "Reorder at": "Order again at", "Credit limit": "May owe", "Load more": "Older entries", "found": "in all",
    "selected": "ticked", "Total": "Sum total", "Placed": "Taken on", "Channel": "Came by", "Due": "To be paid by",
    "Lead time (days)": "Days to deliver", "Lead time": "Time to deliver", "Times used": "Redeemed",
    "Minimum order": "Smallest order", "Archive": "Put away", "Bring back": "Take out of the archive",
    # Records
    "Mark as packed": "Set to packed", "Mark as shipped": "Set to shipped", "Mark as delivered": "Set to delivered",
    "Put on hold": "Hold", "Release": "Let go", "Refund…": "Give money back…", "Refund order": "Money back for order",
    "Amount in £": "Sum in £", "Reason": "Why", "Pay back": "Give back", "Cancel": "Never mind", "Notes": "Remarks",
    "New note": "Your remark", "Add note": "Leave remark", "Activity": "History", "Details": "Particulars",
    "Hand over to": "Pass on to", "Assign": "Pass on", "Apply": "Set", "Change terms": "Other terms",
    "Edit details": "Correct", "Save customer": "Keep changes", "Contact person": "Who to ask for",
    "Pin": "Keep at hand",
    "Telephone": "Phone", "Town": "Place", "Street": "Street and number", "Delivery instructions": "How to deliver",
    "Payment terms": "Pays within", "Account manager": "Looked after by", "Close ticket": "Mark as solved",
    "Wait for customer": "Waiting for an answer", "Mark as paid": "Paid in full", "Send reminder": "Remind them",
    "Pause": "Suspend", "Resume": "Put back in use", "Mark as preferred": "Prefer them",
    "Flag for reordering": "Order again soon", "Mark as discontinued": "No longer sold",
    "Change price and levels": "Price and levels", "New price in £": "Case price in £",
    "Reorder level": "Order again at level", "Save product": "Keep changes", "Save roles": "Set roles",
    "Roles": "May work on", "Ends": "Last valid day", "Discount": "Taken off", "Keeper": "In charge",
    # Forms
    "Business name": "Name of the business", "Segment": "Sort of business", "Next step": "Continue",
    "Create customer": "Add account", "Back": "One step back", "Credit limit in £": "May owe up to £",
    "Open ticket": "Raise it", "Subject": "Headline", "What is the matter?": "What happened?",
    "Create coupon": "Add voucher", "Code": "Voucher code", "Offer": "What it is for",
    "Minimum order in £": "Smallest order in £", "Last day": "Valid until", "Choose a day": "Open calendar",
    "Book transfer": "Move them", "Cases to move": "How many cases", "From": "Out of", "Into": "To",
    "Move stock": "Transfer",
    "Approve": "Accept", "Decline": "Turn down", "Undo": "Take back", "Run report": "Work it out", "Period": "Months",
    "Sales by category": "Sold by category", "Sales by month": "Sold by month", "Share by region": "Where it is sold",
    # Settings
    "Company": "Our business", "Tax rates": "Taxes", "Shipping methods": "Ways to ship", "Notifications": "Alerts",
    "API keys": "Access keys", "Save settings": "Keep settings", "Company name": "Trading name", "Edit": "Change",
    "Price in £": "Costs in £", "Save row": "Keep", "New key": "Make a key", "Key name": "Name of the key",
    "Create key": "Make key", "Revoke": "Withdraw", "Yes, revoke it": "Withdraw it", "Keep it": "Leave it",
    "Display name": "Shown name", "Extension": "Phone extension", "E-mail signature": "Signature",
    "First page after signing in": "Start with", "Save profile": "Keep my details", "User name": "Login",
    # Messages
    "Saved.": "Done.", "Note added.": "Your remark is there.", "Customer saved.": "Account updated.",
    "Product saved.": "Catalogue updated.", "Refund recorded.": "The money goes back.", 
    "Roles saved.": "Roles are set.",
    "Decision saved.": "Decided.", "Transfer booked.": "The cases are on their way.", "updated:": "changed:",
    "Customer created.": "Account added.", "Ticket opened.": "Ticket raised.", "Coupon created.": "Voucher added.",
    "Settings saved.": "Preferences kept.", "Key created.": "Key made.", "Key revoked.": "Key withdrawn.",
    "Profile saved.": "Your details are kept.", "You have signed out.": "You are logged out.",
    "Pinned to the dashboard.": "Kept at hand on the overview.",
}  # fmt: skip
