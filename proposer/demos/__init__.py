"""demos: people's own demonstrations, followed on the website, become tasks in their words.

What a person asks for and how they did it is the one place where the words of people meet the website before anybody
has practised it. The steps, in words, are looked up on the pages as they come; what came out twice alike is evidence.
"""
