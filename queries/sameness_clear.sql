-- sameness_clear: forgets who is one; what follows from the decisions is written anew.
DELETE FROM sameness;
